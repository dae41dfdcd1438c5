"""Files of the office brought into the registry: checked first, wrong lines shown in place, then imported."""
