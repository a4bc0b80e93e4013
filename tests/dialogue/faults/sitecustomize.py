"""Put on the action server's path by tests: an action that raises or hangs when a person writes a certain word.

Python imports this by itself at the start of every process; only the action server is touched.
"""

import sys
import time

if any("actions_server" in argument for argument in getattr(sys, "orig_argv", [])):
    from actions.casework import interview

    answer = interview.answer

    def faulty(talk, heard):
        if "please-raise" in heard.text:
            raise RuntimeError(heard.text)
        if "please-hang" in heard.text:
            answer(talk, heard)  # what it wrote must not be kept
            time.sleep(20)
        return answer(talk, heard)

    interview.answer = faulty
