"""The staff's pages: where managers answer, and the owner sees what was sold and what was missed.

`optfm.desk.app.build` makes the application that the API's process mounts at `/desk`.
"""
