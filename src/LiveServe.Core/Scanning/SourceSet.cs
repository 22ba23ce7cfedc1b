namespace LiveServe.Scanning;

/// <summary>The addresses of a <c>srcset</c> or <c>imagesrcset</c>.</summary>
/// <remarks>WHATWG HTML §4.8.4.3.10, without its judgement of descriptors: which candidate is loaded is the browser's choice. Linear.</remarks>
internal static class SourceSet
{
    /// <summary>The addresses, in order and as written.</summary>
    public static List<string> Addresses(string value)
    {
        var found = new List<string>();
        for (var at = 0; ;)
        {
            while (at < value.Length && (IsSpace(value[at]) || value[at] == ','))
            {
                at++;
            }

            if (at == value.Length)
            {
                return found;
            }

            var start = at;
            while (at < value.Length && !IsSpace(value[at]))
            {
                at++;
            }

            var address = value[start..at];
            if (address.EndsWith(','))
            {
                found.Add(address.TrimEnd(','));
                continue;
            }

            found.Add(address);
            for (var isInside = false; at < value.Length && (isInside || value[at] != ','); at++) // its descriptors
            {
                isInside = value[at] == '(' || (isInside && value[at] != ')');
            }
        }
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
