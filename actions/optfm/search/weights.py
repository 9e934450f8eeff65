"""What each thing that is known of a row counts for in the order of an answer.

In units of one score: the words of a question, all met in a row's own name, are worth 1. How sure
the answer is stands in `confidence.json`.
"""

# --- what the thing is called
HEAD = 0.15  #: the row begins with the word for the goods
NAMED = 0.1  #: the row is called by it otherwise, or its group is
LONGER = 0.012  #: taken for each further word that a row is called: the plain thing comes first

# --- the device
VERY_DEVICE = 0.3  #: the device asked for, by how surely it is that one
ANY_DEVICE = 0.2  #: the same where the goods fit any device
SAME_DEVICE = 0.16  #: rows this much less surely for the device than the surest are left out
ONE_DEVICE = 0.03  #: for one device, shared among all that the row fits
PLUG = 0.25  #: the plug that the device has

# --- colour, price, state
PLAIN_COLOUR = 0.02  #: the very colour before a shade of it
COLOURED = 0.1  #: taken where the row is of some colour and none has the one asked for
OFF_PRICE = 1.0  #: taken for each share of a named price that the row is off it
SORTED = 0.4  #: from the last to the first by price, where an order was asked for
DAMAGED = 0.02  #: taken of used and damaged goods
PACK = 0.05  #: the pack holds as many pieces as were asked for
IN_SET = 0.15  #: taken of a set: a thing comes before a set with it
FAVOURED = 0.004  #: what the shop sells most or has on offer, among equals
