"""The box of an article for other people's pages: what it shows, how it is drawn, as a document and as a picture."""
