package io.escapement;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that do not say how long they wait for something wait for as long as a machine may take that others use: what comes at
 * once costs nothing, and what does not come is told a little later. Found as a service.
 */
public final class PatientByDefault implements BeforeAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
