"""Sample reports and the script that makes them."""
