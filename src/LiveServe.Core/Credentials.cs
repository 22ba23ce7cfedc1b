namespace LiveServe;

/// <summary>A user's name and password, for HTTP basic authentication.</summary>
/// <param name="User">Not empty, without a colon and without control characters (RFC 7617 §2).</param>
/// <param name="Password">Not empty, without control characters.</param>
public sealed record Credentials(string User, string Password)
{
    /// <summary>Reads <c>USER:PASS</c>; the first colon divides them.</summary>
    /// <param name="text">As the user wrote it.</param>
    /// <param name="problem">What is wrong with it, and what to write instead; <see langword="null"/> when nothing is. It never repeats the password.</param>
    /// <returns><see langword="null"/> when there is a problem.</returns>
    public static Credentials? Parse(string text, out string? problem)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        problem = colon < 0 ? "There is no colon between the user and the password. Write USER:PASS."
            : colon == 0 ? "The user's name is empty. Write USER:PASS."
            : colon == text.Length - 1 ? "The password is empty. Write USER:PASS."
            : text.Any(char.IsControl) ? "Control characters can be in neither the user's name nor the password. Leave them out."
            : null;
        return problem is null ? new Credentials(text[..colon], text[(colon + 1)..]) : null;
    }

    /// <summary>The user's name only: what is printed must not hold a password.</summary>
    public override string ToString() => $"{User}:…";
}
