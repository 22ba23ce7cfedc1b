using Microsoft.AspNetCore.Http;

namespace LiveServe.Serving;

/// <summary>What a request's conditions make of it.</summary>
internal enum Precondition
{
    /// <summary>They hold, or there are none: it is answered.</summary>
    Holds,

    /// <summary>The client's copy is good: 304.</summary>
    NotModified,

    /// <summary>The client wanted another version: 412.</summary>
    Failed,
}

/// <summary>Judges If-Match, If-Unmodified-Since, If-None-Match, If-Modified-Since and If-Range. Pure; RFC 9110 §13.1 and §13.2.2.</summary>
/// <remarks>Asked only when the answer would be 200 otherwise, to GET or HEAD.</remarks>
internal static class Preconditions
{
    /// <summary>The verdict; the steps are numbered as in §13.2.2.</summary>
    /// <param name="tag">Of what would be sent: strong, with its quotes.</param>
    /// <param name="dates">Of what would be sent; <see langword="null"/> when it has none, which makes conditions on dates void.</param>
    /// <param name="now">A date of the client's that is later than this is no date.</param>
    public static Precondition Judge(IHeaderDictionary request, string tag, FileDates? dates, DateTimeOffset now)
    {
        if (request.IfMatch.Count > 0) // 1
        {
            if (!Validators.MatchHolds(request.IfMatch, tag))
            {
                return Precondition.Failed;
            }
        }
        else if (dates is not null && FileDates.Parse(request.IfUnmodifiedSince) is { } unmodified && dates.Changed > unmodified) // 2
        {
            return Precondition.Failed;
        }

        if (request.IfNoneMatch.Count > 0) // 3
        {
            return Validators.NoneMatchHolds(request.IfNoneMatch, tag) ? Precondition.NotModified : Precondition.Holds;
        }

        return dates is { IsStrong: true } && FileDates.Parse(request.IfModifiedSince) is { } since && since <= now && dates.Changed <= since // 4
            ? Precondition.NotModified
            : Precondition.Holds;
    }

    /// <summary>Whether a range may be cut out of this version (step 5): without If-Range always, else when it names exactly this one.</summary>
    /// <remarks>A weak tag, and a date that cannot tell two versions apart, name none.</remarks>
    public static bool AllowsRange(IHeaderDictionary request, string tag, FileDates? dates) => request.IfRange switch
    {
        [] => true,
        [{ } one] when one == tag => true,
        { Count: 1 } one => dates is { IsStrong: true } && FileDates.Parse(one) == dates.Changed,
        _ => false,
    };
}
