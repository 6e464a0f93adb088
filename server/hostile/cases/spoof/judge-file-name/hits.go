package hits
