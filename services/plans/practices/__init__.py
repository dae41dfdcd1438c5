"""The copy of the city's library of good practices, which plans may take over."""
