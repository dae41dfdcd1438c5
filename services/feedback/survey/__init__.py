"""The survey of the appraisal system: asked once results are told, read when the system is reviewed, traced to nobody."""
