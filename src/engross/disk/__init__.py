"""The disk: every call that changes it, in one module, so that tests can fail each one in turn."""
