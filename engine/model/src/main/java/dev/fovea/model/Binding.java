package dev.fovea.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says to which tensor of a network a record component belongs, and which shape the code counts on. Without it the names are compared,
 * upper case and punctuation aside ({@code boxScores} finds {@code box_scores}), and any shape is taken.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Binding {
    /** The tensor's name in the network; empty for the component's own. */
    String value() default "";

    /**
     * The shape that the code counts on, {@link TensorSpec#ANY} for an open dimension; empty for whatever the network has. It also fixes
     * what the network leaves open.
     */
    int[] shape() default {};
}
