package dev.fovea;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that a person may turn: a record component that is a slider, a command-line flag and a JSON field at once.
 * {@link Knobs} reads, checks and changes them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Knob {
    /** The smallest value allowed. */
    double min() default 0;

    /** The largest value allowed. */
    double max() default 1;

    /** The distance between two neighbouring positions of a slider. */
    double step() default 0.01;

    /** The value to start from. */
    double normal();

    /** One short sentence: what turning it does. */
    String help();

    /** The unit, or empty for a plain number. */
    String unit() default "";
}
