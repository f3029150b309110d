// How many different triples Eclipse RDF4J reads from files.
import java.io.FileInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.rio.Rio;

public class Count {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            Set<List<Object>> triples = new HashSet<>();
            var format = Rio.getParserFormatForFileName(file).get();
            for (Statement each : Rio.parse(new FileInputStream(file), "https://base.example/", format)) {
                triples.add(List.of(each.getSubject(), each.getPredicate(), each.getObject()));
            }
            System.out.println(file + ": " + triples.size() + " triples");
        }
    }
}
