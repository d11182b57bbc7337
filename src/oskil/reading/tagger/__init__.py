"""The trained tagger: sources, cues and contents of attributions, and which belong together.

`tagger.Tagger` is the way in; nothing heavy is imported before it is loaded. Training lives in
`training/`, and uses the same reading of text into units (`units.py`), so that both see the same input.
"""
