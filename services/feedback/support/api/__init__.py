"""HTTP of support: requests, coaching and counselling, work results taken over."""
