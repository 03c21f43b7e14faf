"""What joins the stages: files into a corpus folder, notebooks into figures, provenance."""
