// A small app with live pages: one line, before everything that makes pages.
var app = WebApplication.CreateBuilder(args).Build();

app.UseLiveServe(options => options.Templates = true);
app.UseStaticFiles();

// A page that the app makes, from a template that it reads for each request.
app.MapGet("/", (IWebHostEnvironment environment) => Results.Content(
    File.ReadAllText(Path.Combine(environment.ContentRootPath, "Pages", "Index.cshtml")).Replace("@DateTime.Now", $"{DateTime.Now:HH:mm:ss}", StringComparison.Ordinal),
    "text/html; charset=utf-8"));

// Not a page: it is never touched.
app.MapGet("/time", () => new { time = DateTime.Now });

app.Run();
