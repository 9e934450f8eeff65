"""OptFM AI Bot: the shop's domain packages and the Rasa actions over them."""
