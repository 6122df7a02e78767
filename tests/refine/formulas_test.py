#!/usr/bin/python3
"""MathML keeps its form and gets a text that stands for it; formulas_test.py BUILD"""
import pathlib, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, check, finish

FORMULAS = {   # what stands in the math element, and its text
    "<msup><mi>x</mi><mn>2</mn></msup>": "x^2",
    "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mrow><mi>c</mi></mrow></mfrac>": "(a+b)/c",
    "<msqrt><mi>y</mi><mo>\u2062</mo><msub><mi>z</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub></msqrt>": "√(yz_(i+1))",
    "<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi>": "∑_i^n i",
    "<mroot><mi>x</mi><mn>3</mn></mroot>": "x^(1/3)",
    "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable>": "[1, 0; 0, 1]",
    "<mfenced><mn>1</mn><mn>2</mn><mn>3</mn><mn>4</mn><mn>5</mn></mfenced>": "(1,2,3,4,5)",
    "<semantics><mi>q</mi><annotation encoding=\"application/x-tex\">\\q</annotation></semantics>": "q",
}


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    text = "".join(f"A <math>{f}</math> b\n\n" for f in FORMULAS) + 'And <math alttext="as it is"><mi>w</mi></math>.\n'
    (t / "a.md").write_text("# Formulas\n\n" + text, encoding="utf-8")
    run = subprocess.run([OCTAVO, "a.md", "-o", "a.xhtml"], cwd=t, capture_output=True, text=True)
    check(f"it is said: {run.stderr}", run.returncode == 0 and not run.stderr)
    page = (t / "a.xhtml").read_text(encoding="utf-8")
    for formula, spoken in FORMULAS.items():
        check(f"{spoken}: {formula}", f'alttext="{spoken}">{formula}</math>' in page)
    check("the author's own text", 'alttext="as it is"><mi>w</mi>' in page)
finish()
