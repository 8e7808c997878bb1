print("escapement")
