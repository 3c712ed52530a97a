"""One support each, for anything that a resident has written. An engine: methods ask `require` and emit."""
