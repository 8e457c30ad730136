package dev.containertui.tui.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.containertui.tui.draw.Canvas;
import dev.containertui.tui.draw.Frame;
import dev.containertui.tui.vt.Style;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ScreenExportTest {
  private static Frame frame() {
    Canvas canvas = new Canvas(30, 3);
    canvas.text(0, 0, "plain <b> & 漢字", Style.PLAIN);
    canvas.text(0, 1, "red", Style.withForeground(Style.BOLD, Style.indexed(1)));
    canvas.text(4, 1, "rgb", Style.withForeground(Style.INVERSE, Style.rgb(1, 2, 3)));
    return canvas.freeze();
  }

  @Test
  void theEndingOfTheNameDecides() {
    assertEquals(frame().text(), ScreenExport.of(frame(), "a.txt"));
    assertTrue(ScreenExport.of(frame(), "a.HTML").startsWith("<!DOCTYPE html>"));
    assertTrue(ScreenExport.of(frame(), "a.svg").startsWith("<svg"));
  }

  @Test
  void htmlKeepsTextAndColours() {
    String page = ScreenExport.html(frame());
    assertTrue(page.contains("plain &lt;b&gt; &amp; 漢字"), page);
    assertTrue(page.contains("color:#cd0000;font-weight:bold\">red</span>"), page);
    assertTrue(page.contains("background:#010203"), page);
    assertFalse(page.contains("<b>"), page);
  }

  @Test
  void svgIsWellFormedAndPutsTextsAtTheirColumns() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    Document svg =
        factory
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(ScreenExport.svg(frame()))));
    assertEquals("270", svg.getDocumentElement().getAttribute("width"));
    boolean found = false;
    for (int i = 0; i < svg.getElementsByTagName("text").getLength(); i++) {
      var text = (org.w3c.dom.Element) svg.getElementsByTagName("text").item(i);
      if (text.getTextContent().equals("rgb")) {
        assertEquals("36", text.getAttribute("x"));
        found = true;
      }
    }
    assertTrue(found);
  }
}
