"""Right answers in other forms than ours, and wrong ones with what they must be told."""
