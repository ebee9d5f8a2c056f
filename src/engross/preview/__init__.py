"""
`engross preview`: the edition on a local page that follows each save.

`drawing` makes what is shown, `places` puts findings beside the words they concern, `server` shows
it on the loopback interface only and watches the book's folder.
"""
