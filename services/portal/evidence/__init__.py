"""Files and photos that prove something: uploaded, judged by their content, stored, shown to who may see what they prove."""
