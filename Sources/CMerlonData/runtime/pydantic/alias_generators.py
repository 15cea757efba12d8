def to_pascal(snake):
    return "".join([part[:1].upper() + part[1:] for part in snake.split("_")])


def to_camel(snake):
    pascal = to_pascal(snake)
    return pascal[:1].lower() + pascal[1:]


def to_snake(camel):
    text = ""
    for character in camel:
        if character.isupper():
            text = text + ("_" if text else "") + character.lower()
        else:
            text = text + character
    return text
