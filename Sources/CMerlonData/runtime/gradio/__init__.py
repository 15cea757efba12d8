"""The part of Gradio that FastAPI applications use: an interface that is mounted below a path."""

from gradio.routes import mount_gradio_app as mount_gradio_app
