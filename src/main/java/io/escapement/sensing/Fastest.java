package io.escapement.sensing;

/**
 * Chooses a {@link RowKernel} once. {@code VectorKernel} (src/main/java-vector) needs the module jdk.incubator.vector, which a Java resolves only
 * if it was started with {@code --add-modules jdk.incubator.vector}: no manifest can ask for it, and the compiler's knowledge of the
 * vector classes is switched on with it at the start of the virtual machine, so a module layer made later would not do.
 */
final class Fastest {

    static final RowKernel KERNEL = choose();

    private Fastest() {}

    private static RowKernel choose() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new ScalarKernel();
        }
        try {
            return Class.forName("io.escapement.sensing.VectorKernel")
                    .asSubclass(RowKernel.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            // An incubating module may change: what worked for one Java need not link on the next.
            return new ScalarKernel();
        }
    }
}
