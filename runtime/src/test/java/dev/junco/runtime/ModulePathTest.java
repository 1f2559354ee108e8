package dev.junco.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The other tests run on the class path; this one holds the module. */
class ModulePathTest {
    private static final String NAME = "dev.junco.runtime";

    @Test
    void theModuleResolvesWithoutTheVectorModule() throws Exception {
        Module runtime = layer().findModule(NAME).orElseThrow();

        Class<?> shape = Class.forName(runtime, NAME + ".Shape");
        assertEquals(runtime, shape.getModule());
        assertTrue(runtime.getDescriptor().requires().stream()
                .filter(required -> required.name().equals("jdk.incubator.vector"))
                .allMatch(required ->
                        required.modifiers().contains(java.lang.module.ModuleDescriptor.Requires.Modifier.STATIC)));
    }

    @Test
    void onlyThePublicFaceIsExportedToEveryone() throws Exception {
        Module runtime = layer().findModule(NAME).orElseThrow();

        assertTrue(runtime.isExported(NAME));
        for (String name : runtime.getPackages()) {
            assertEquals(name.equals(NAME), runtime.isExported(name), name);
        }
        assertFalse(runtime.isOpen(NAME));
    }

    /** The runtime as a module of its own, whatever the class path holds. */
    private static ModuleLayer layer() throws URISyntaxException {
        ModuleFinder finder = ModuleFinder.of(home(Shape.class));
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration().resolve(finder, ModuleFinder.of(), Set.of(NAME));
        return ModuleLayer.defineModulesWithOneLoader(
                        configuration, List.of(boot), ClassLoader.getPlatformClassLoader())
                .layer();
    }

    private static Path home(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
