package dev.fovea.cli;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.BaseStream;

/** The layers of docs/README.md: core, image, then the products, then the doors; nothing looks up or sideways. */
@AnalyzeClasses(packages = "dev.fovea", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    private static final String[] PRODUCTS = {
        "dev.fovea.photo..",
        "dev.fovea.effects..",
        "dev.fovea.identity..",
        "dev.fovea.shape..",
        "dev.fovea.driver..",
        "dev.fovea.fleet..",
        "dev.fovea.clinic..",
        "dev.fovea.school.."
    };
    private static final String[] DOORS = {"dev.fovea.cli..", "dev.fovea.server.."};
    private static final String KERNELS = "..kernel..";

    @ArchTest
    static final ArchRule coreStandsAlone = classes()
            .that()
            .resideInAPackage("dev.fovea")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.fovea", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule imageKnowsOnlyCore = classes()
            .that()
            .resideInAPackage("dev.fovea.image..")
            .should()
            .onlyDependOnClassesThat(ours("dev.fovea", "dev.fovea.image.."));

    @ArchTest
    static final ArchRule spaceKnowsOnlyPictures = classes()
            .that()
            .resideInAPackage("dev.fovea.space..")
            .should()
            .onlyDependOnClassesThat(ours("dev.fovea", "dev.fovea.image..", "dev.fovea.space.."));

    @ArchTest
    static final ArchRule samplesKnowOnlyPictures = classes()
            .that()
            .resideInAPackage("dev.fovea.sample..")
            .should()
            .onlyDependOnClassesThat(ours("dev.fovea", "dev.fovea.image..", "dev.fovea.sample.."));

    @ArchTest
    static final ArchRule videoKnowsOnlyPicturesAndDepth = classes()
            .that()
            .resideInAPackage("dev.fovea.video..")
            .should()
            .onlyDependOnClassesThat(ours("dev.fovea", "dev.fovea.image..", "dev.fovea.space..", "dev.fovea.video.."));

    /** Who only wants night pulls no native library; vision gets frames and knows nothing of where they come from. */
    @ArchTest
    static final ArchRule nobodyNeedsVideo = noClasses()
            .that()
            .resideInAnyPackage("dev.fovea.photo..", "dev.fovea.vision..", "dev.fovea.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fovea.video..");

    @ArchTest
    static final ArchRule nativeMemoryStaysInside = classes()
            .that()
            .areNotAnonymousClasses()
            .should(nameInPublicNo(
                    "native type", resideInAnyPackage("org.bytedeco..", "java.lang.foreign..", "ai.onnxruntime..")));

    @ArchTest
    static final ArchRule modelsKnowOnlyCore = classes()
            .that()
            .resideInAPackage("dev.fovea.model..")
            .should()
            .onlyDependOnClassesThat(ours("dev.fovea", "dev.fovea.model.."));

    @ArchTest
    static final ArchRule theRuntimeIsFoundNotNamed = noClasses()
            .that()
            .resideOutsideOfPackage("dev.fovea.onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fovea.onnx..");

    @ArchTest
    static final ArchRule visionSeesNeitherVideoNorOnnx = classes()
            .that()
            .resideInAPackage("dev.fovea.vision..")
            .should()
            .onlyDependOnClassesThat(ours("dev.fovea", "dev.fovea.image..", "dev.fovea.model..", "dev.fovea.vision.."));

    @ArchTest
    static final ArchRule productsNeverMeet = slices().matching(
                    "dev.fovea.(photo|effects|identity|shape|driver|fleet|clinic|school)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule productsStandBelowTheDoors = noClasses()
            .that()
            .resideInAnyPackage(PRODUCTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DOORS);

    @ArchTest
    static final ArchRule productsDoNotCarrySamples = noClasses()
            .that()
            .resideInAnyPackage(PRODUCTS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.fovea.sample..");

    @ArchTest
    static final ArchRule doorsAreThin = noClasses()
            .that()
            .resideInAnyPackage(DOORS)
            .should()
            .dependOnClassesThat(resideInAPackage(KERNELS).and(resideInAPackage("dev.fovea..")));

    @ArchTest
    static final ArchRule kernelsStayInside = classes()
            .that()
            .areNotAnonymousClasses()
            .and()
            .resideOutsideOfPackage(KERNELS)
            .should(nameInPublicNo("kernel", resideInAPackage(KERNELS)));

    @ArchTest
    static final ArchRule vectorsLiveInKernels = noClasses()
            .that()
            .resideOutsideOfPackage(KERNELS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule oneParallelLoop = noClasses()
            .should()
            .callMethodWhere(target(nameMatching("parallel|parallelStream"))
                    .and(target(owner(assignableTo(Collection.class).or(assignableTo(BaseStream.class))))));

    @ArchTest
    static final ArchRule oneOwnerOfThreads = noClasses()
            .that()
            .resideOutsideOfPackages(DOORS)
            .and()
            .doNotBelongToAnyOf(dev.fovea.Work.class)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class);

    @ArchTest
    static final ArchRule noWindowToolkitOutsideTheCodecs = noClasses()
            .that()
            .resideOutsideOfPackages("dev.fovea.image", "dev.fovea.sample..")
            .and()
            .haveNameNotMatching("dev[.]fovea[.]vision[.](Overlay|FaceDrawing).*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.imageio..", "javax.swing..");

    @ArchTest
    static final ArchRule onlyDoorsEndTheProcess = noClasses()
            .that()
            .resideOutsideOfPackages(DOORS)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule onlyDoorsPrint = noClasses()
            .that()
            .resideOutsideOfPackages(DOORS)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameStartingWith("Base");

    @ArchTest
    static final ArchRule nothingNativeBelowVideo = noClasses()
            .that()
            .resideOutsideOfPackages("dev.fovea.video..", "dev.fovea.onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..", "java.lang.foreign..", "ai.onnxruntime..", "sun.misc..");

    /** Anything that is not ours, and of ours only the given packages. */
    private static DescribedPredicate<JavaClass> ours(String... packages) {
        return resideInAnyPackage(packages)
                .or(DescribedPredicate.not(resideInAPackage("dev.fovea..")))
                .as("that reside in " + String.join(", ", packages) + " or are not Fovea's");
    }

    private static ArchCondition<JavaClass> nameInPublicNo(String what, DescribedPredicate<JavaClass> hidden) {
        return new ArchCondition<>("name no " + what + " in a public signature") {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                if (!owner.getModifiers().contains(PUBLIC)) {
                    return;
                }
                for (JavaCodeUnit unit : owner.getCodeUnits()) {
                    List<JavaClass> named = new ArrayList<>(unit.getRawParameterTypes());
                    named.add(unit.getRawReturnType());
                    if (unit.getModifiers().contains(PUBLIC)
                            && named.stream().anyMatch(t -> hidden.test(t.getBaseComponentType()))) {
                        events.add(SimpleConditionEvent.violated(owner, unit.getDescription() + " names a " + what));
                    }
                }
                for (JavaField field : owner.getFields()) {
                    if (field.getModifiers().contains(PUBLIC)
                            && hidden.test(field.getRawType().getBaseComponentType())) {
                        events.add(SimpleConditionEvent.violated(owner, field.getDescription() + " is a " + what));
                    }
                }
            }
        };
    }
}
