"""Keys by which programs call the API, and the service accounts that programs are."""
