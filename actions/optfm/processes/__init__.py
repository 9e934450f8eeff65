"""The processes that `optfm run` keeps alive, and the embedded Postgres that commands borrow."""
