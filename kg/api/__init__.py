"""What `import kg` offers: a graph made of articles however they are given, asked, changed, shown."""
