"""The lattice as an instrument: what is known of an arc, the best paths, why not, learning, the network inside, a table."""
