package io.escapement.sensing;

/**
 * Chooses the loops once. {@code VectorKernel} and {@code VectorMaskKernel} (src/main/java-vector) need the module jdk.incubator.vector, which a
 * Java resolves only if it was started with {@code --add-modules jdk.incubator.vector}: no manifest can ask for it, and the compiler's
 * knowledge of the vector classes is switched on with it at the start of the virtual machine, so a module layer made later would not do.
 */
final class Fastest {

    private static final boolean VECTORS = linked("VectorKernel") && linked("VectorMaskKernel");

    static final RowKernel KERNEL =
            VECTORS ? made("VectorKernel", RowKernel.class, new Class<?>[0]) : new ScalarKernel();

    private Fastest() {}

    /** For the segments of these tiles. */
    static MaskKernel mask(MaskTiles tiles) {
        ScalarMaskKernel scalar = new ScalarMaskKernel(tiles);
        return VECTORS
                ? made(
                        "VectorMaskKernel",
                        MaskKernel.class,
                        new Class<?>[] {MaskTiles.class, MaskKernel.class},
                        tiles,
                        scalar)
                : scalar;
    }

    /** An incubating module may change: what worked for one Java need not link on the next. */
    private static boolean linked(String name) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return false;
        }
        try {
            Class.forName(named(name));
            return true;
        } catch (ReflectiveOperationException | LinkageError e) {
            return false;
        }
    }

    private static <T> T made(String name, Class<T> type, Class<?>[] parameters, Object... arguments) {
        try {
            return Class.forName(named(name))
                    .asSubclass(type)
                    .getDeclaredConstructor(parameters)
                    .newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " was there and cannot be made", e);
        }
    }

    private static String named(String name) {
        return Fastest.class.getPackageName() + "." + name;
    }
}
