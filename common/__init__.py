"""What both environments must agree on: standard library only, Python 3.10 and newer.

`actions/common` is a link to this folder, so that the action server imports the very same files.
"""
