"""The recipe of the tagger: data, network, loss, export and evaluation. Not shipped."""
