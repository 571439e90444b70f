namespace OpenAIWorker.Tests.Emulator;

/// <summary>Forms as .NET's own client writes them.</summary>
static class Forms
{
    /// <param name="fields">Such as <c>purpose=batch&amp;order=asc</c>.</param>
    /// <param name="files">The field and the name of each file, which has one byte.</param>
    public static MultipartFormDataContent Of(string fields, params (string Field, string Name)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, name) in files)
            form.Add(new ByteArrayContent([1]), field, name);
        foreach (var field in fields.Split('&', StringSplitOptions.RemoveEmptyEntries))
            form.Add(new StringContent(field.Split('=')[1]), field.Split('=')[0]);
        return form;
    }
}
