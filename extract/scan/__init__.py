"""Reading scanned pages: picture in, the same records out as for a digital page."""
