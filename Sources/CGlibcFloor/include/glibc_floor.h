#pragma once
// Nothing is declared here: what this target defines is called by the Swift runtime's own archive.
