"""What can be told of a script before anything is spoken: translated, planned, checked, named."""
