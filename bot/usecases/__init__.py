"""Load, decide, save: one short async function per wish."""
