
def check(event):
    assert event["password"] == "'[Filtered]'"
    users.filter(password__startswith="sha1$$")
    settings["PASSWORD"] = "s3cr3t"
