"""What is no citizen dialogue: user dialogues, information and statutory consultations, and which of them it is."""
