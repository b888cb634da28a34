"""Work in a workbook as a person would, in a running LibreOffice. For Debian's python3, which has python3-uno.

A job comes in as JSON: pipe, source, target, password (or null), the sheet (the first one) and steps: ["type", cell,
text], ["clear", cell], ["look", cell], ["unprotect"], ["overwrite", cell, text] (which passes the lock by, as other
programs can), ["copy sheet", name]. What LibreOffice makes of it goes out as JSON: which sheets are hidden, and what
every cell that was worked in or looked at shows.
"""

import json
import os
import sys
from typing import Any

# Debian's python3 has these; nothing that is installed for this project does.
import uno  # type: ignore[import-not-found]  # Debian's own
from com.sun.star.beans import NamedValue, PropertyValue  # type: ignore[import-not-found]  # and this


def named(name: str, value: object) -> Any:
    pair = PropertyValue()
    pair.Name, pair.Value = name, value
    return pair


def desktop(pipe: str) -> tuple[Any, Any]:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    manager = there.ServiceManager
    return (
        manager.createInstanceWithContext("com.sun.star.frame.Desktop", there),
        manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", there),
    )


def work(document: Any, dispatcher: Any, steps: list[list[str]], name: str) -> dict[str, str]:
    sheet = document.Sheets.getByName(name)
    document.CurrentController.setActiveSheet(sheet)
    frame = document.CurrentController.Frame
    for action, *rest in steps:
        if action == "unprotect":
            sheet.unprotect("")
        elif action == "copy sheet":
            document.Sheets.copyByName(name, rest[0], document.Sheets.Count)
        elif action == "look":
            document.calculateAll()
        elif action == "overwrite":
            sheet.getCellRangeByName(rest[0]).String = rest[1]
        else:
            dispatcher.executeDispatch(frame, ".uno:GoToCell", "", 0, (named("ToPoint", rest[0]),))
            if action == "type":
                dispatcher.executeDispatch(frame, ".uno:EnterString", "", 0, (named("StringName", rest[1]),))
            else:
                dispatcher.executeDispatch(frame, ".uno:ClearContents", "", 0, ())
    touched = {step[1] for step in steps if len(step) > 1 and step[0] != "copy sheet"}
    return {cell: sheet.getCellRangeByName(cell).String for cell in sorted(touched)}


def encryption(password: str) -> Any:
    pairs = []
    for name, value in (("CryptoType", "StrongEncryptionDataSpace"), ("OOXPassword", password)):
        pair = NamedValue()
        pair.Name, pair.Value = name, value
        pairs.append(pair)
    return uno.Any("[]com.sun.star.beans.NamedValue", tuple(pairs))


def main() -> None:
    job = json.load(sys.stdin)
    office, dispatcher = desktop(job["pipe"])
    document = office.loadComponentFromURL(f"file://{job['source']}", "_blank", 0, (named("Hidden", True),))
    try:
        shown = work(document, dispatcher, job["steps"], job["sheet"])
        hidden = [sheet.Name for sheet in document.Sheets if not sheet.IsVisible]
        how = [named("FilterName", job["filter"])]
        if job["password"]:
            how.append(named("EncryptionData", encryption(job["password"])))
        document.storeToURL(f"file://{job['target']}", tuple(how))
    finally:
        document.close(True)
    json.dump({"shown": shown, "hidden": hidden}, sys.stdout)
    sys.stdout.flush()
    # Taking its bridge down, uno ends the process by a signal now and then: all is said by now.
    os._exit(0)


main()
