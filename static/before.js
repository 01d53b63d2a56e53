// Set before Designsystemet's web components load: they would warn in the console of every visitor.
window.dsWarnings = false;
