using System.Net;
using LiveServe.Content;

namespace LiveServe.Injection;

/// <summary>A <c>meta</c> that is a child of the head.</summary>
/// <param name="Tag">The code unit at which its tag begins.</param>
internal readonly record struct HeadMeta(int Tag, string? Name, string? HttpEquiv, string? Content);

/// <summary>What the metas of a head say to us: that the page opts out, or what its policy forbids.</summary>
/// <remarks>
/// Which metas count is for <see cref="HtmlHead"/> and <see cref="XmlHead"/> to say; where their bytes stand is found here, in code units,
/// so that a position is an offset. CSP Level 3 §3.3: a policy counts in a head only.
/// </remarks>
internal static class HeadMetas
{
    /// <summary>The plan with what the metas add; <see langword="null"/> when one of them opts out.</summary>
    public static PagePlan? Apply(PagePlan plan, ReadOnlySpan<byte> head)
    {
        var units = new CodeUnits(head);
        var metas = plan.Kind == MarkupKind.Xhtml ? XmlHead.Metas(units) : HtmlHead.Metas(units);
        if (metas.Any(meta => Is(meta.Name, "liveserve") && Is(meta.Content, "off")))
        {
            return null;
        }

        var nonce = (string?)null;
        var splices = new List<Splice>();
        var extended = new List<string>();
        foreach (var meta in metas.Where(meta => Is(meta.HttpEquiv, "content-security-policy")))
        {
            var policy = ContentSecurityPolicy.Admit(meta.Content ?? "");
            nonce ??= policy.Nonce;
            if (policy.Extended.Count > 0 && Value(units, meta.Tag, "content") is { } value)
            {
                var offset = units.ByteOffset(value.Start.Value);
                var length = units.ByteOffset(value.End.Value) - offset;
                splices.Add(new Splice(offset, length, CodeUnits.Encode($"\"{Escape(policy.Policy)}\"", units.Encoding)));
                extended.AddRange(policy.Extended);
            }
        }

        var notice = extended.Count == 0 ? null
            : $"its Content-Security-Policy does not allow live updates; while served here, {string.Join(" and ", extended.Distinct())} allows 'self' too.";
        return plan with { Nonce = nonce, Splices = splices, Notice = notice };
    }

    /// <summary>Where an attribute's value stands, with its quotes; the first of two attributes of one name counts.</summary>
    internal static Range? Value(CodeUnits units, int tag, string name)
    {
        var reader = new TagReader(units, tag);
        while (reader.Next())
        {
            if (reader.IsNamed(name))
            {
                return reader.Value;
            }
        }

        return null;
    }

    /// <summary>An attribute's value as text, without quotes and references.</summary>
    internal static string? Text(CodeUnits units, int tag, string name)
    {
        if (Value(units, tag, name) is not { } value)
        {
            return null;
        }

        var text = units.Text(value.Start.Value, value.End.Value);
        return WebUtility.HtmlDecode(text is ['"' or '\'', .. var inner, _] ? inner : text);
    }

    // Bytes above ASCII stay what they are: one character each here, part of a longer one in the document.
    private static string Escape(string policy) => policy
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);

    private static bool Is(string? value, string expected) => string.Equals(value?.Trim(), expected, StringComparison.OrdinalIgnoreCase);
}
