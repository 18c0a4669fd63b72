package io.escapement.solve;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a solver's state that follows from the problem alone and is the same in every state: a checkpoint leaves it out, and it
 * is taken from {@link Solver#start} again.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface FromProblem {}
