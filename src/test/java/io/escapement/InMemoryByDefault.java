package io.escapement;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that name no store have none, and leave the one of whoever runs them alone. Found as a service. */
public final class InMemoryByDefault implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty("escapement.store", "none");
    }
}
