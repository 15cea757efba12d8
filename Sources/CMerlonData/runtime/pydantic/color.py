class Color:
    def __init__(self, value):
        self._original = value
