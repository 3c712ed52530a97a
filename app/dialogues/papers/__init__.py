"""What leaves on paper: the draft that a body decides on, and notice, poster and text for the municipal paper."""
