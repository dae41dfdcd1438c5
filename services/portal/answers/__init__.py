"""What a leader answers: ideas, requests, initiatives, questions; what is planned and told about development."""
